package io.holdfast.service.admin;

import java.util.ArrayList;
import java.util.List;

/// What an administrative command was answered; progress is left out.
public final class RecordedAnswer implements Answer {
    private final List<String> results = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    @Override
    public void result(String line) {
        results.add(line);
    }

    @Override
    public void remark(String line) {
        remarks.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void progress(String state) {}

    public List<String> results() {
        return results;
    }

    public List<String> remarks() {
        return remarks;
    }
}
