package prosa.lab.bytes;

/** Reads a stream byte by byte, so that no piece of it can be cut at a wrong place. Not thread-safe. */
interface ByteReader {
    /** What the stream's next byte is there for. */
    Kind read(byte next);
}
