# bench/compose_bench: what composing one mail costs. Included by bench/CMakeLists.txt.
add_executable(compose_bench EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/compose_bench.cc)
target_link_libraries(compose_bench PRIVATE tocsin_compose)
set_target_properties(compose_bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
