import type { PageDeclaration } from '../shell/page-declaration.ts'

export const operationsPages: readonly PageDeclaration[] = []
