export * from './mortality/index.ts'
export * from './social-security/index.ts'
