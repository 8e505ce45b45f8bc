package io.quarkiverse.posthog.reflection;

/** What an access needs in a native executable. */
public enum AccessKind {

    /** The constructors of a class are listed. */
    CONSTRUCTORS,
    /** The methods or record components of a class are listed. */
    METHODS,
    /** The fields of a class are listed. */
    FIELDS,
    /** A constructor is called. */
    CONSTRUCTOR,
    /** A method is called. */
    METHOD,
    /** A field is read or written. */
    FIELD,
    /** A class is loaded by its name. */
    CLASS,
    /** A resource is found. */
    RESOURCE,
    /** A resource bundle is loaded. */
    BUNDLE,
    /** The providers of a service are loaded. */
    SERVICE,
    /** A proxy is created. */
    PROXY
}
