/** Freezes a JSON value with everything in it: several hold it, and none may change it. */
export function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const entry of Object.values(value)) freeze(entry)
    Object.freeze(value)
  }
  return value
}
