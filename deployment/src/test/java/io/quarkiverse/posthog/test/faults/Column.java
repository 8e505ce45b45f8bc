package io.quarkiverse.posthog.test.faults;

/** What sends the requests: the columns of the matrix. */
enum Column {

    CAPTURE_NOW,
    GET,
    LIST,
    FLAGS,
    DEFINITIONS,
    QUEUE,
    SPOOL,
    QUEUE_V1;

    /** How the result of a cell begins in which everything was as expected. */
    static final String OK = "ok";
}
