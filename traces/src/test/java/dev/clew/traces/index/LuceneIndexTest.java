// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.index;

import java.nio.file.Path;

class LuceneIndexTest extends TraceIndexContract {
    @Override
    protected TraceIndex open(Path folder) {
        return LuceneIndex.open(folder);
    }
}
