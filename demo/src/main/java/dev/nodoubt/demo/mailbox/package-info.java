/** Where mails end: an SMTP sink and a page that shows what arrived. */
@NullMarked
package dev.nodoubt.demo.mailbox;

import org.jspecify.annotations.NullMarked;
