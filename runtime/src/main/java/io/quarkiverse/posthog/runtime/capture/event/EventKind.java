package io.quarkiverse.posthog.runtime.capture.event;

import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureProtocol;

/** The kinds of events, which have queues, limits and endpoints of their own. */
public enum EventKind {

    ANALYTICS("capture", "captureImmediate", "analytics") {

        @Override
        public CaptureProtocol protocol(CaptureConfig config) {
            return config.protocol();
        }

        @Override
        public long maxEventBytes(CaptureConfig config) {
            return config.maxEventSize().asLongValue();
        }

        @Override
        public long maxBatchBytes(CaptureConfig config) {
            return config.maxBatchSize().asLongValue();
        }
    },

    AI("captureAi", "captureAiImmediate", "ai") {

        @Override
        public CaptureProtocol protocol(CaptureConfig config) {
            return CaptureProtocol.V0;
        }

        @Override
        public long maxEventBytes(CaptureConfig config) {
            return config.ai().maxEventSize().asLongValue();
        }

        @Override
        public long maxBatchBytes(CaptureConfig config) {
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
    public String operation() {
        return operation;
    }

    /** The operation that sends an event immediately. */
    public String immediateOperation() {
        return immediateOperation;
    }

    /** The name of the spool directory within the directory of the account. */
    public String directory() {
        return directory;
    }

    public abstract CaptureProtocol protocol(CaptureConfig config);

    public abstract long maxEventBytes(CaptureConfig config);

    /** The maximum size of a request before compression. */
    public abstract long maxBatchBytes(CaptureConfig config);
}
