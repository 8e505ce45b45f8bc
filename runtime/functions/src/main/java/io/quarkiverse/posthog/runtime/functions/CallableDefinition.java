package io.quarkiverse.posthog.runtime.functions;

import java.util.List;
import java.util.Optional;

/** Something that is called by name, with named arguments. */
public interface CallableDefinition {

    String name();

    /** The parameters, in the order of positional arguments. */
    List<FunctionParameter> parameters();

    default Optional<FunctionParameter> parameter(String parameter) {
        return parameters().stream().filter(other -> other.name().equals(parameter)).findFirst();
    }
}
