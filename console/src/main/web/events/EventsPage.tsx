// SPDX-License-Identifier: Apache-2.0
export default function EventsPage(_: { readonly rest: string }) {
  return null;
}
