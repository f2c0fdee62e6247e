/**
 * Whether a receiver keeps the nodoubt protocol, asked from outside: HTTP, and hooks that kill it, stop it and cut its
 * database. The receiver may be written in any language; {@link dev.nodoubt.test.conformance.Conformance} is the program,
 * {@link dev.nodoubt.test.conformance.Suite} the same from Java.
 *
 * <p>A receiver is tested best with the <em>test operation</em> ({@code docs/conformance.md}), which the suite can steer:
 *
 * <pre>
 * POST &lt;path&gt;  {"effect": "&lt;unique text&gt;", "note": "&lt;any text&gt;", "behave": "&lt;behaviour&gt;"}
 *     leaves one effect row in the gated transaction, then does as told; the reply holds something new at each run
 * GET &lt;path&gt;/effects/&lt;text&gt;     how many committed effects there are, as a bare number
 * GET &lt;path&gt;/held/&lt;text&gt;        204 when a handler is held under this text, else 404
 * DELETE &lt;path&gt;/held/&lt;text&gt;     lets it go on
 *
 * ok          201 with Location, ETag, Content-Language, Link, Set-Cookie and a JSON body
 * status:N    the same with status N, whatever the gate makes of that
 * large:N     200 and N bytes of application/octet-stream
 * empty       204 without a body
 * fail        the handler throws
 * hold        waits until it is released, at most 20 s, then as ok
 * hold-fail   waits as hold, then throws
 * break       commits or ends the gate's transaction by itself, then as ok
 * refuse      makes the database refuse the COMMIT, then as ok
 * </pre>
 *
 * An order without {@code effect} is invalid: it is refused with 400 before the gate. Whatever the behaviour, the effect
 * comes first. This package needs the JDK and jackson-core only, and shares no code with the gate that it tests.
 */
@NullMarked
package dev.nodoubt.test.conformance;

import org.jspecify.annotations.NullMarked;
