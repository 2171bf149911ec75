package prosa.application.port;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * How a port is encrypted.
 *
 * @param context has the certificate, and hands out the newest with each handshake
 * @param parameters the versions and suites that are spoken, the server's favourites first
 */
public record Encryption(SSLContext context, SSLParameters parameters) {}
