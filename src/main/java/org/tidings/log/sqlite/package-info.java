/**
 * The log on disk: one SQLite file, one connection that writes, a few that read.
 *
 * <p>{@link org.tidings.log.sqlite.SqliteEventLog} is the engine. {@code LogFile} is the file, {@code DirectoryLock}
 * who may use it, {@code Schema} its tables, {@code Writer} and {@code Remover} the one connection that changes them,
 * {@code Reader} the others; {@code LogState} is what is known without asking the file.
 *
 * <p>Uses {@code api}, {@code log} and sqlite-jdbc, which nobody else does. docs/operations.md tells operators about
 * the file.
 */
package org.tidings.log.sqlite;
