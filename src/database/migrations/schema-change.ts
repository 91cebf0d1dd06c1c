/** One step from a schema to the next, by the name under which the database remembers that it was taken. */
export interface SchemaChange {
  name: string
  statements: readonly string[]
}
