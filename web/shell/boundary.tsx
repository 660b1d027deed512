import { Component, type ReactNode } from 'react'
import { Button, ButtonLink } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { RequestId } from '../components/problem.tsx'
import { problem } from '#messages/shell'

interface State {
  readonly error: unknown
}

/** After a release, the code of a page that was not opened yet has another name. */
const isOldVersion = (error: unknown): boolean => error instanceof TypeError && /import|module/i.test(error.message)

/** Shows a fault of a page in its place. The rest of the application goes on. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <Page title={problem.title} lead={isOldVersion(error) ? problem.newVersion : problem.unexpected}>
        <p>
          <Button kind="primary" onClick={() => location.reload()}>
            {problem.reload}
          </Button>{' '}
          <ButtonLink href="/">{problem.toStart}</ButtonLink>
        </p>
        <RequestId error={error} />
      </Page>
    )
  }
}
