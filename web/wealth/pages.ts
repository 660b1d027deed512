import type { PageDeclaration } from '../shell/page-declaration.ts'

export const wealthPages: readonly PageDeclaration[] = []
