/** The {@code -javaagent} way to start Bootcast; nothing yet. */
package io.bootcast.agent;
