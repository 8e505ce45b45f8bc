package io.quarkiverse.posthog.runtime.functions;

import java.util.List;

import io.quarkiverse.posthog.functions.FunctionOperation;

/**
 * A function that agents and scripts can call.
 *
 * @param name the name, such as {@code posthog_list_events}
 * @param title the name for people
 * @param description the effect of the function, and the facts that a caller needs
 * @param effect the consequences of a call
 * @param parameters the parameters, in the order of positional arguments; without the account
 * @param result the form of the result
 * @param behavior reads or writes
 */
public record FunctionDefinition(String name, String title, String description, Effect effect,
        List<FunctionParameter> parameters, ResultForm result, FunctionBehavior behavior) implements CallableDefinition {

    /** The name of the parameter that each function has if there are several accounts. */
    public static final String ACCOUNT = "account";

    /** The name of the parameter of writes that prevents the request. */
    public static final String DRY_RUN = "dry_run";

    public FunctionDefinition {
        parameters = List.copyOf(parameters);
    }

    /** The consequences of a call, as hints for callers. */
    public enum Effect {

        /** Changes nothing. */
        READ(false, true),
        /** Adds something; a second call adds it again. */
        ADD(false, false),
        /** Adds or restores something; a second call changes nothing. */
        ADD_ONCE(false, true),
        /** Changes or removes something that is in use; a second call changes nothing. */
        CHANGE(true, true),
        /** Can do all of this; a second call does it again. */
        ANY(true, false);

        private final boolean destructive;
        private final boolean idempotent;

        Effect(boolean destructive, boolean idempotent) {
            this.destructive = destructive;
            this.idempotent = idempotent;
        }

        public boolean isDestructive() {
            return destructive;
        }

        public boolean isIdempotent() {
            return idempotent;
        }
    }

    public FunctionOperation operation() {
        return effect == Effect.READ ? FunctionOperation.READ : FunctionOperation.WRITE;
    }
}
