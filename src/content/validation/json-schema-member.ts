/**
 * JSON Schema of the objects that have a member: what code checks of several members together is said with it in `.meta()`, for
 * `oneOf` and `anyOf`. The member is described where it is required, as strict validators ask for.
 */
export function having(member: string, schema: object | true = true) {
  return { required: [member], properties: { [member]: schema } }
}
