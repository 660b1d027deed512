import type { PageDeclaration } from '../shell/pages.ts'

export const operationsPages: readonly PageDeclaration[] = []
