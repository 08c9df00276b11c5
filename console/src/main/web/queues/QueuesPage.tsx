// SPDX-License-Identifier: Apache-2.0
export default function QueuesPage(_: { readonly rest: string }) {
  return null;
}
