/** One step from a schema to the next. The database remembers by its name that it was taken. */
export interface SchemaChange {
  name: string
  statements: readonly string[]
}
