package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.runtime.PerpetualLoop;
import io.holdfast.service.account.FormerSecret;
import io.holdfast.service.change.AdministrationException.Kind;
import io.holdfast.service.event.Commit;
import io.holdfast.service.event.Event;
import io.holdfast.service.host.Directory;
import io.holdfast.service.host.Host;
import io.holdfast.service.store.Checkpoint;
import io.holdfast.service.store.Store;
import io.holdfast.service.store.StoreAheadException;
import io.holdfast.service.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that changes anything.
///
/// It takes whatever has queued, as one transaction: decides each request against memory and what
/// the batch staged before it, writes, commits (one fsync), makes memory and the published zones
/// what the disk is, and only then answers. While it waits for the disk the next batch queues; so
/// the more clients wait, the fewer fsyncs each of them costs.
///
/// If anything fails before the commit is durable, memory stays as committed, everybody in the
/// batch is told so, and the thread goes on: with room on the disk the next batch succeeds. If it
/// is one request that cannot be decided or stored, the batch is tried again one by one. If
/// anything fails after that and before the answer, the process ends; a zone that cannot be served
/// is not such a failure, but is served when it can be (see [Publication]).
final class Writer implements Door, ZoneDoor {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// Client requests that may wait; those beyond are answered as failed at once.
    static final int QUEUE = 8_192;

    /// Update requests in one transaction, at the most (and one client request more).
    private static final int BATCH = 2_048;

    /// How long nobody must want anything before late rows are written, in milliseconds.
    private static final long QUIET = 200;

    /// Late rows in one transaction, while nobody waits; somebody may come meanwhile.
    private static final int LATE_ROWS = 1_024;

    /// How long it sleeps, in milliseconds, while zones wait to be tried again.
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Store store;
    private final Directory directory;
    private final DeclaredZones zones;
    private final Publication publication;
    private final State state;
    private final InstantSource clock;
    private final ExcusedRetries excused = new ExcusedRetries();
    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
    private final WriteBehind behind;
    private final LongConsumer appended;
    private final Thread thread = Thread.ofPlatform().name("writer").unstarted(this::run);
    private final PerpetualLoop loop = new PerpetualLoop(this::turn, this::turnFailed);
    private final Consumer<Throwable> processEnd;

    /// Secrets that are good no more, until that is on disk. Any thread may add to them.
    private final Set<FormerSecret> endedSecrets = ConcurrentHashMap.newKeySet();

    /// What is in hand; for the one thread.
    private final List<Job> jobs = new ArrayList<>();

    private volatile boolean stopping;
    private volatile boolean stopped;
    private boolean ended;
    private long lastId;
    private boolean failing;

    /// @param appended told the number of each commit once it is durable and in memory; quickly
    /// @param processEnd ends the process because of a failure; memory is not what the disk is

    Writer(
            Store store,
            Directory directory,
            DeclaredZones zones,
            Publication publication,
            WriteBehind behind,
            LongConsumer appended,
            InstantSource clock,
            long lastId,
            Consumer<Throwable> processEnd) {
        this.store = store;
        this.directory = directory;
        this.zones = zones;
        this.publication = publication;
        this.state = new State(directory, zones, publication);
        this.behind = behind;
        this.appended = appended;
        this.clock = clock;
        this.lastId = lastId;
        this.processEnd = processEnd;
    }

    void start() {
        thread.start();
    }

    @Override
    public CompletableFuture<List<UpdateOutcome>> submit(List<ChangeRequest> requests) {
        UpdateJob job = new UpdateJob(requests, excused);
        enqueue(job);
        return job.answer();
    }

    @Override
    public CompletableFuture<ZoneUpdateOutcome> update(ZoneUpdate update) {
        ZoneUpdateJob job = new ZoneUpdateJob(update, excused);
        enqueue(job);
        return job.answer();
    }

    /// Writes that a secret is good no more. Nobody waits for it; if that fails, the next commit
    /// has it.
    void end(FormerSecret former) {
        endedSecrets.add(former);
        enqueue(
                new Task<>(batch -> {
                    batch.end(former);
                    return former;
                }));
    }

    /// Does one thing of the operator's and waits until it is durable and served.
    <T> T perform(Task.Work<T> work) throws AdministrationException {
        Task<T> task = new Task<>(work);
        enqueue(task);
        try {
            return task.answer().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdministrationException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdministrationException(
                    Kind.UNAVAILABLE, "interrupted; it may or may not have been done");
        }
    }

    /// Finishes what is queued, then ends. What comes later is answered as failed.
    ///
    /// @return whether it ended within the time
    boolean stop(Duration patience) throws InterruptedException {
        stopping = true;
        queue.offer(new Task<>(_ -> true)); // wakes it; a full queue does so too
        return thread.join(patience);
    }

    private void enqueue(Job job) {
        if (stopping) {
            job.failed("the service is stopping");
        } else if (!queue.offer(job)) {
            job.failed("too many requests wait already");
        } else if (stopped && queue.remove(job)) {
            job.failed("the service is stopping");
        }
    }

    private void run() {
        loop.run();
        try {
            while (!ended && isBehind() && checkpoint()) {
                // some more
            }
        } finally {
            stopped = true;
            for (Job job = queue.poll(); job != null; job = queue.poll()) {
                job.failed("the service is stopping");
            }
        }
    }

    /// Once it is to stop it takes what is queued, and waits for no more.
    private boolean turn() throws InterruptedException {
        jobs.clear();
        Job first = next();
        if (first == null || ended) {
            return false;
        }
        take(first, jobs);
        processSafely(jobs);
        return true;
    }

    /// Whoever waits is answered; for those who were it says nothing new.
    private void turnFailed(Throwable fault) {
        jobs.forEach(job -> job.failed("it failed within Holdfast; the log says more"));
        LOG.error("the writer failed, and goes on", fault);
    }

    private @Nullable Job next() throws InterruptedException {
        if (stopping) {
            return queue.poll();
        }
        if (failing || !isBehind()) {
            return taken();
        }
        Job job = queue.poll(QUIET, TimeUnit.MILLISECONDS);
        while (job == null && isBehind() && checkpoint()) {
            job = queue.poll();
        }
        return job == null ? taken() : job;
    }

    /// Whether the disk lacks something that memory has, and that is no request's.
    private boolean isBehind() {
        return !behind.isEmpty() || !endedSecrets.isEmpty();
    }

    /// The next job. Meanwhile zones that cannot be served and secrets whose end could not be
    /// written are tried again.
    private Job taken() throws InterruptedException {
        while (true) {
            Optional<Duration> wait = publication.untilRetry(clock.instant());
            if (wait.isEmpty() && endedSecrets.isEmpty()) {
                return queue.take();
            }
            // At least a little: the clock may be set back, or stand still.
            long millis =
                    Math.clamp(
                            wait.map(Duration::toMillis).orElse(LONGEST_WAIT_MILLIS),
                            1,
                            LONGEST_WAIT_MILLIS);
            Job job = queue.poll(millis, TimeUnit.MILLISECONDS);
            if (job != null) {
                return job;
            }
            publication.retry(clock.instant());
            if (!endedSecrets.isEmpty()) {
                checkpoint();
            }
        }
    }

    /// The first job, and with an update all updates that wait behind it. What the operator wants
    /// is a transaction of its own.
    private void take(Job first, List<Job> jobs) {
        jobs.add(first);
        int size = first.size();
        if (size == 0) {
            return;
        }
        for (Job next = queue.peek(); size < BATCH && next != null; next = queue.peek()) {
            if (next.size() == 0) {
                return;
            }
            queue.remove();
            jobs.add(next);
            size += next.size();
        }
    }

    /// A fault of ours must not end the thread that everything waits for, nor fail those who have
    /// nothing to do with it.
    private void processSafely(List<Job> jobs) {
        try {
            process(jobs);
        } catch (StoreException e) {
            failed(jobs, e);
        } catch (StoreAheadException e) {
            end(e);
            jobs.forEach(job -> job.failed("the service is stopping"));
        } catch (RuntimeException | Error e) {
            if (jobs.size() > 1 && !ended) {
                LOG.warn("a batch failed; trying its requests one by one", e);
                oneByOne(jobs);
            } else {
                LOG.error("a batch failed; its {} requests are answered so", jobs.size(), e);
                jobs.forEach(job -> job.failed("it failed within Holdfast; the log says more"));
            }
        }
    }

    private void oneByOne(List<Job> jobs) {
        List.copyOf(jobs).forEach(job -> processSafely(List.of(job)));
    }

    private void process(List<Job> jobs) throws StoreException {
        Batch batch = batch();
        jobs.forEach(job -> job.stage(batch));
        if (jobs.getFirst() instanceof Task<?> task && task.isRefused()) {
            return;
        }
        Set<Name> unserved = write(batch);
        answer(jobs, job -> job.done(unserved));
    }

    /// Everything in it happens at one moment, as the log keeps it.
    private Batch batch() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Batch(directory, zones, publication::served, lastId, now);
    }

    private void failed(List<Job> jobs, StoreException e) {
        if (!e.isPassing() && jobs.size() > 1) {
            LOG.warn("a batch cannot be written; trying one by one: {}", e.getMessage());
            oneByOne(jobs);
            return;
        }
        if (!e.isPassing()) {
            LOG.error("a request is answered as failed: {}", e.getMessage());
        } else if (!failing) { // said once: words about a full disk would fill it further
            LOG.error("all requests are answered as failed until this ends: {}", e.getMessage());
            failing = true;
        }
        answer(jobs, job -> job.failed("the store cannot be written"));
    }

    /// What follows an answer is not the writer's business and must not hold it up. Without a
    /// thread for it, it is done here: a late answer is better than none.
    private static void answer(List<Job> jobs, Consumer<Job> how) {
        List<Job> answered = List.copyOf(jobs);
        Runnable answering = () -> answered.forEach(job -> answer(job, how));
        try {
            Thread.startVirtualThread(answering);
        } catch (RuntimeException | Error e) {
            LOG.warn("no thread could be started to answer {} requests", answered.size(), e);
            answering.run();
        }
    }

    /// One that cannot be answered is not the others' loss.
    private static void answer(Job job, Consumer<Job> how) {
        try {
            how.accept(job);
        } catch (RuntimeException | Error e) {
            LOG.error("a request could not be answered as it should be", e);
            job.failed("it may have been done; the log says more");
        }
    }

    /// Appends what has to be on disk now, and makes memory and DNS what the disk is.
    ///
    /// @return the zones of which DNS does not serve what is committed
    private Set<Name> write(Batch batch) throws StoreException {
        List<FormerSecret> ending = List.copyOf(endedSecrets);
        ending.forEach(batch::end);
        List<Event> events = batch.events(publication::upToDate);
        Collection<Host> hosts = batch.changedHosts();
        // Twice what comes: so that those that wait become fewer.
        Checkpoint checkpoint =
                behind.isDue()
                        ? behind.next(2 * hosts.size(), lastId, batch.now())
                        : Checkpoint.NONE;
        if (events.isEmpty()) {
            if (!checkpoint.equals(Checkpoint.NONE)) {
                write(checkpoint);
            }
            state.counted(hosts);
            behind.add(hosts);
            return publication.unserved(batch.now());
        }
        Commit commit = new Commit(store.lastCommit() + 1, batch.now(), events);
        Map<Name, Long> forgotten = publication.journal().forgotten();
        store.append(commit, batch.lastId(), checkpoint.forgetting(forgotten), batch.progress());
        return afterwards(() -> {
            publication.journal().isForgotten(forgotten);
            ending.forEach(endedSecrets::remove);
            behind.isWritten(checkpoint);
            lastId = batch.lastId();
            Set<Name> unserved = state.apply(commit);
            state.counted(hosts);
            behind.add(hosts);
            behind.committed(commit);
            appended.accept(commit.number());
            return unserved;
        });
    }

    private void write(Checkpoint checkpoint) throws StoreException {
        store.write(checkpoint);
        afterwards(() -> {
            behind.isWritten(checkpoint);
            return checkpoint;
        });
    }

    /// What follows in memory when something is durable. Nothing of it may fail: if it does, memory
    /// is not what the disk is, and nobody can be told what became of his request. Then the process
    /// ends.
    private <T> T afterwards(Supplier<T> memory) {
        try {
            T result = memory.get();
            if (failing) {
                LOG.info("the store can be written again");
                failing = false;
            }
            return result;
        } catch (RuntimeException | Error e) {
            end(e);
            throw e;
        }
    }

    /// Does not return but in a test.
    private void end(Throwable cause) {
        ended = true;
        stopping = true;
        loop.close();
        processEnd.accept(cause);
    }

    /// Writes some of what is left to be written: rows that are late, secrets that ended.
    ///
    /// @return false if that failed
    private boolean checkpoint() {
        try {
            if (endedSecrets.isEmpty()) {
                write(behind.next(LATE_ROWS, lastId, clock.instant()));
            } else {
                write(batch());
            }
            return true;
        } catch (StoreException e) {
            LOG.warn("counts of hosts or ends of secrets cannot be written: {}", e.getMessage());
        } catch (StoreAheadException e) {
            end(e);
        } catch (RuntimeException | Error e) {
            LOG.error("counts of hosts or ends of secrets cannot be written", e);
        }
        return false;
    }
}
