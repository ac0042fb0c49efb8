/** What tests of more than one package need: time by hand, connections that remember, an event stream parser. */
package org.tidings.testkit;
