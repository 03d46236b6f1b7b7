import type { Connection } from 'mongoose';

/** What holds for every schema of the platform, unless the schema itself says otherwise. */
export function applySchemaDefaults(connection: Connection): void {
  connection.plugin((schema) => {
    // An empty object is a value: without this it would vanish on the way to the database.
    schema.set('minimize', false);
    // A misspelled field in a filter must not quietly match everything.
    schema.set('strictQuery', 'throw');
  });
}
