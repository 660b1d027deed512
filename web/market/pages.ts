import type { PageDeclaration } from '../shell/pages.ts'

export const marketPages: readonly PageDeclaration[] = []
