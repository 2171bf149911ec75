package prosa.lab.client;

/** Requests of HTTP/1.1 as short as they may be. A browser's have some hundred bytes more: cookies, languages, its own name. */
final class HttpRequests {
    private HttpRequests() {}

    static String get(String target, Address address, String accept) {
        return "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: %s\r\n\r\n".formatted(target, address.host(), accept);
    }

    /** The head of a POST of plain text. */
    static String post(String target, Address address, int length) {
        return "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
                .formatted(target, address.host(), length);
    }

    /** {@code key} is 16 random bytes in Base64 (RFC 6455 §4.1). */
    static String upgrade(String target, Address address, String key) {
        return ("GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: %s\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: prosa.v1\r\n\r\n")
                .formatted(target, address.host(), key);
    }
}
