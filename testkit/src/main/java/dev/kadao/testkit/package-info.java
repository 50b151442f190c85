/** Contract suites for every port, fakes and a manual clock. */
@NullMarked
package dev.kadao.testkit;

import org.jspecify.annotations.NullMarked;
