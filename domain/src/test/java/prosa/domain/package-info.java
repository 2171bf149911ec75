/** Tests of the domain, rule by rule. */
package prosa.domain;
