/** An application whose streams cannot be taken over from the runtime's own sink. */
package org.tidings.it.servers.preface;
