import type { PageDeclaration } from '../shell/page-declaration.ts'

export const marketPages: readonly PageDeclaration[] = []
