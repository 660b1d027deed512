export { contentHash } from './content-hash.ts'
