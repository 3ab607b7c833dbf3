package io.holdfast.cli;

import io.holdfast.service.admin.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an administrative request comes to, where no person waits for it: in the log.
final class LogAnswer implements Answer {
    private static final Logger LOG = LoggerFactory.getLogger(LogAnswer.class);

    @Override
    public void result(String line) {
        LOG.info("{}", line);
    }

    @Override
    public void remark(String line) {
        LOG.info("{}", line);
    }

    @Override
    public void flush() {}

    /// Nobody watches.
    @Override
    public void progress(String state) {}
}
