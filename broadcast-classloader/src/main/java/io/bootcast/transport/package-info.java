/**
 * How ranks find and feed each other: a port ({@link io.bootcast.transport.Transport}, {@link io.bootcast.transport.Group}) and its
 * adapters, named after their technology. Only {@link io.bootcast.transport.OpenMpiTransport} and its group know MPI. May use {@code fault}.
 */
package io.bootcast.transport;
