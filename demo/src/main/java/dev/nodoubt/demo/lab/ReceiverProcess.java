package dev.nodoubt.demo.lab;

/** What can befall a receiver's process. */
public interface ReceiverProcess {

    /** It does nothing any more; its sockets stay open. */
    void freeze() throws Exception;

    /** It goes on. */
    void thaw() throws Exception;

    /** It ends at once, whatever it was doing. */
    void kill() throws Exception;

    /** Starts it again after a kill, and returns when it answers. */
    void restart() throws Exception;
}
