import type { DatabaseSync } from 'node:sqlite'

/**
 * What every connection to the embedded database is set to: readers beside one writer, no commit that a power cut could take back, and what is deleted is overwritten: words that
 * nobody shall read any more must not be found in the file.
 */
export function configureConnection(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON')
}
