/** Tests of the application, and the contract that every engine's tests extend. */
package prosa.application;
