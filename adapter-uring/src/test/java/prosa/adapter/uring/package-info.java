@org.jspecify.annotations.NullMarked
package prosa.adapter.uring;
