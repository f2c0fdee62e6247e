@NullMarked
package dev.nodoubt.services.mail;

import org.jspecify.annotations.NullMarked;
