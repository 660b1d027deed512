export { contentHash } from './content-hash.ts'
export { DomainError, type Issue } from './domain-error.ts'
