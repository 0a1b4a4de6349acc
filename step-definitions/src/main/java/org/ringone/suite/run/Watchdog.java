package org.ringone.suite.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs what may never come back on a thread that can be given up. A thread that is given up is interrupted and left: it
 * is a daemon and holds nothing but the machine that hangs.
 */
final class Watchdog {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long STACK_BYTES = 2L << 20;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(body -> {
        Thread thread = new Thread(null, body, "guest-" + NUMBER.incrementAndGet(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    private Watchdog() {}

    /**
     * Runs it and gives its result, or throws what it threw.
     *
     * @throws HypervisorFailure when it has not come back in time; the message shows where it hangs
     */
    static <T> T call(Callable<T> body, Duration patience) throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        Future<T> future = THREADS.submit(() -> {
            worker.set(Thread.currentThread());
            return body.call();
        });
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            HypervisorFailure hung = new HypervisorFailure("the hypervisor hangs: it has not come back for "
                    + patience.toMillis() + " ms of real time, and its thread was given up" + where(worker.get()));
            future.cancel(true);
            throw hung;
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String where(Thread thread) {
        if (thread == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("; it was at");
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, 12); i++) {
            text.append("\n      ").append(stack[i]);
        }
        return text.toString();
    }
}
