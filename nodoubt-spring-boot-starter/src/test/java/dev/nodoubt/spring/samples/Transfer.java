package dev.nodoubt.spring.samples;

/** What the samples of docs/migrating.md do and call about. */
record Transfer(String from, String to, String note) {

    Mail mail() {
        return new Mail(to, note);
    }

    record Mail(String to, String text) {}

    record Receipt(String id) {}
}
