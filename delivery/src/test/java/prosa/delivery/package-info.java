/** Tests of delivery, and connections that do what a test wants, for others' tests. */
package prosa.delivery;
