import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import { identityPages } from '../identity/pages.ts'
import { marketPages } from '../market/pages.ts'
import { operationsPages } from '../operations/pages.ts'
import { planningPages } from '../planning/pages.ts'
import { wealthPages } from '../wealth/pages.ts'
import type { PageDeclaration } from './page-declaration.ts'
import { navigation } from '#messages/shell'

export interface Page extends PageDeclaration {
  readonly component: LazyExoticComponent<ComponentType>
}

const today: PageDeclaration = {
  path: '/',
  title: navigation.today,
  load: () => import('./today/today-page.tsx'),
  navigation: { group: 'household', icon: 'today' },
  shortcut: 't',
}

/** Every page, in the order of the navigation. The first that matches the address is shown. */
export const pages: readonly Page[] = [today, ...wealthPages, ...planningPages, ...marketPages, ...operationsPages, ...identityPages].map(
  page => ({
    ...page,
    component: lazy(page.load),
  }),
)
