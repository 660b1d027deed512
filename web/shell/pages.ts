import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import { identityPages } from '../identity/pages.ts'
import { marketPages } from '../market/pages.ts'
import { operationsPages } from '../operations/pages.ts'
import { planningPages } from '../planning/pages.ts'
import { navigation } from '#messages/shell'

export type Group = keyof typeof navigation.groups

/** A page of a domain, as its `pages.ts` lists it. */
export interface PageDeclaration {
  /** An absolute path with parameters of wouter: `/plans/:planId`. */
  readonly path: string
  readonly title: string
  /** Loads the page. Its code is a file of its own, which is fetched when the page is opened. */
  readonly load: () => Promise<{ readonly default: ComponentType }>
  /** Where the page is in the navigation. Left out: it is reached from other pages. */
  readonly navigation?: { readonly group: Group; readonly icon: IconName }
  /** The second key of its shortcut, after `g`. */
  readonly shortcut?: string
  /** Only administrators see it. */
  readonly administrators?: true
  /** Shown without a session: sign-in and what belongs to it. */
  readonly open?: true
}

export type IconName = 'today' | 'plan' | 'market' | 'trust' | 'operator' | 'settings' | 'assumptions' | 'api'

export interface Page extends PageDeclaration {
  readonly component: LazyExoticComponent<ComponentType>
}

const today: PageDeclaration = {
  path: '/',
  title: navigation.today,
  load: () => import('./today-page.tsx'),
  navigation: { group: 'household', icon: 'today' },
  shortcut: 't',
}

/** Every page, in the order of the navigation. The first that matches the address is shown. */
export const pages: readonly Page[] = [today, ...planningPages, ...marketPages, ...operationsPages, ...identityPages].map(page => ({
  ...page,
  component: lazy(page.load),
}))
