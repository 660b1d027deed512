export { canonicalJson } from './canonical-json.ts'
export { contentHash } from './content-hash.ts'
