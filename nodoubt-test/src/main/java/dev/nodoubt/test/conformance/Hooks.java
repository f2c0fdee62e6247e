package dev.nodoubt.test.conformance;

/** The hooks that there are for one receiver. */
public interface Hooks {

    /** No hooks. */
    Hooks NONE = new Hooks() {
        @Override
        public boolean offers(Hook hook) {
            return false;
        }

        @Override
        public void pull(Hook hook) {
            throw new IllegalArgumentException("there is no hook " + hook);
        }
    };

    /** Whether there is such a hook. */
    boolean offers(Hook hook);

    /**
     * Does it, and returns when it is done.
     *
     * @throws Exception when it could not be done: the case fails
     */
    void pull(Hook hook) throws Exception;
}
