/**
 * JSON Schema of the objects that have a member. `.meta()` uses it in `oneOf` and `anyOf` to express rules over several members
 * that code checks. It also describes the required member, because strict validators demand that.
 */
export function objectWithMember(member: string, schema: object | true = true) {
  return { required: [member], properties: { [member]: schema } }
}
