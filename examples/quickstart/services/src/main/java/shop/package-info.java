/// Is a small shop of three services, which the quickstart tests: stock, payments and orders.
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
