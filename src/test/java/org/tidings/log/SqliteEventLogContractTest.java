package org.tidings.log;

import java.nio.file.Path;
import org.tidings.log.sqlite.Durability;
import org.tidings.log.sqlite.SqliteEventLog;

class SqliteEventLogContractTest extends EventLogContract {
    @Override
    EventLog open(Path directory, Retention retention) {
        return SqliteEventLog.open(directory, Durability.OS, retention);
    }

    @Override
    public boolean persists() {
        return true;
    }
}
