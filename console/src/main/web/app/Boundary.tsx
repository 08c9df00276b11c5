// SPDX-License-Identifier: Apache-2.0
import { Component, type ReactNode } from 'react';
import { Trouble } from '../parts/Trouble';

interface State {
  readonly error?: unknown;
}

/** Keeps a defect of one page from taking the frame with it. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <Trouble error={this.state.error} again={() => this.setState({ error: undefined })} />
    );
  }
}
