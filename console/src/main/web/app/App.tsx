// SPDX-License-Identifier: Apache-2.0
import { QueryClientProvider } from '@tanstack/react-query';
import { Frame } from './Frame';
import { Gate } from './Gate';
import { queries } from './queries';

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Gate>{(health) => <Frame health={health} />}</Gate>
    </QueryClientProvider>
  );
}
