package io.quarkiverse.posthog.runtime.capture;

import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureProtocol;

/** The kinds of events, which have queues, limits and endpoints of their own. */
public enum EventKind {

    ANALYTICS("capture", "captureNow", "analytics") {

        @Override
        CaptureProtocol protocol(CaptureConfig config) {
            return config.protocol();
        }

        @Override
        long maxEventBytes(CaptureConfig config) {
            return config.maxEventSize().asLongValue();
        }

        @Override
        long maxBatchBytes(CaptureConfig config) {
            return config.maxBatchSize().asLongValue();
        }
    },

    AI("captureAi", "captureAiNow", "ai") {

        @Override
        CaptureProtocol protocol(CaptureConfig config) {
            return CaptureProtocol.V0;
        }

        @Override
        long maxEventBytes(CaptureConfig config) {
            return config.ai().maxEventSize().asLongValue();
        }

        @Override
        long maxBatchBytes(CaptureConfig config) {
            return config.ai().maxBatchSize().asLongValue();
        }
    };

    private final String operation;
    private final String immediateOperation;
    private final String directory;

    EventKind(String operation, String immediateOperation, String directory) {
        this.operation = operation;
        this.immediateOperation = immediateOperation;
        this.directory = directory;
    }

    /** The operation that sends queued events. */
    String operation() {
        return operation;
    }

    /** The operation that sends an event immediately. */
    String immediateOperation() {
        return immediateOperation;
    }

    /** The name of the spool directory within the directory of the account. */
    String directory() {
        return directory;
    }

    abstract CaptureProtocol protocol(CaptureConfig config);

    abstract long maxEventBytes(CaptureConfig config);

    /** The maximum size of a request before compression. */
    abstract long maxBatchBytes(CaptureConfig config);
}
