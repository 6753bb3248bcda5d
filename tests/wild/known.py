"""What the grader does not get right yet, by the reason; a test fails the day that it does."""

HOME, WALLS = "at home", "behind walls"
EVERYWHERE = frozenset({HOME, WALLS})

BY_BEHAVIOUR = """
engines/right/array_of_one engines/right/creation_counter engines/right/derivatives_in_spanish
engines/right/dict_of_children engines/right/floats_alone engines/right/function_backward
engines/right/gradient_is_a_value engines/right/in_german
engines/right/no_gradient_before_the_pass engines/right/node_back_propagate
engines/right/operators_in_a_loop engines/right/requires_grad_wanted engines/right/scalar_v_g
engines/right/seed_is_required engines/right/single_precision
engines/right/subclass_per_operation engines/right/torch_holds_the_numbers
engines/right/torch_like engines/right/var_backprop engines/wrong/share_overwrites
engines/fault/derivative_overwrites_in_a_tuple engines/fault/difference_is_detached
engines/fault/product_forgets_what_arrives engines/fault/power_keeps_its_exponent
engines/fault/power_loses_its_factor engines/fault/power_of_whole_numbers_alone
engines/fault/slope_of_tanh_from_its_input engines/fault/difference_turned_round
engines/fault/negation_sends_plus engines/fault/quotient_loses_its_minus
engines/fault/order_is_not_reversed engines/fault/appended_before_its_children
engines/fault/slopes_rounded engines/fault/numbers_cut_to_whole_ones
engines/fault/factors_swapped notebooks/right_asks_for_a_number notebooks/right_blank_lines_first
notebooks/right_timed_and_reloaded notebooks/right_written_to_a_module
scripts/right_defined_in_a_try scripts/right_sum_of_recursion
scripts/right_value_is_reused_as_a_name scripts/right_windows_line_ends
scripts/right_writes_and_logs
"""
BY_STATEMENTS = """
notebooks/right_progress_bar scripts/right_a_file_that_is_not_there
scripts/right_exported_by_colab scripts/right_exported_from_a_notebook
scripts/right_many_packages_first scripts/right_progress_in_a_script
"""
STOPS = """
scripts/right_ends_itself scripts/right_segmentation_fault scripts/wrong_dies_and_is_wrong
"""
STOPS_AT_HOME = "scripts/right_is_killed"
SUBMISSIONS = """
folders/right_main_beside_the_engine folders/right_training_imports_all
folders/right_source_beside_tests folders/right_upper_case_ending
folders/right_in_a_folder_of_its_own folders/wrong_engine_beside_its_training
folders/wrong_in_a_folder_of_its_own
"""
OWN_PACKAGES = """
folders/right_own_package_called_micrograd folders/right_own_package_called_tinygrad
folders/wrong_own_package_called_micrograd
"""
TRAININGS = """
notebooks/right_network_on_forty_points notebooks/right_new_values_each_step
"""
PRINTS = "notebooks/right_gradients_in_two_cells notebooks/right_slopes_in_colour"
CHANCE = "notebooks/right_shuffled_each_epoch"
THREADS = "scripts/right_trains_in_threads"

LISTS = (
    ("an engine is found by its usual names alone", BY_BEHAVIOUR, EVERYWHERE),
    ("a script ends at the first statement that fails", BY_STATEMENTS, EVERYWHERE),
    ("what ends a process takes all that stood before", STOPS, EVERYWHERE),
    ("what ends a process takes all that stood before", STOPS_AT_HOME, frozenset({HOME})),
    ("a folder is searched for one engine, at its top", SUBMISSIONS, EVERYWHERE),
    ("an own package is taken for somebody else's", OWN_PACKAGES, frozenset({WALLS})),
    ("a training is followed by objects and losses", TRAININGS, EVERYWHERE),
    ("a shuffled training is read right by chance", CHANCE, EVERYWHERE),
    ("numbers are looked for as plain text, at once", PRINTS, EVERYWHERE),
    ("a thread that trains loses a step by chance", THREADS, frozenset({HOME})),
    ("no thread can be started behind walls", THREADS, frozenset({WALLS})),
)


CASES = (
    (
        "a training is followed by objects and losses",
        "examples_are_shuffled_by_a_seed examples_are_shuffled_anew_each_time "
        "a_loss_over_many_points each_step_has_new_values lists_of_weights_are_made_anew",
    ),
    (
        "a script ends at the first statement that fails",
        "a_progress_bar_is_not_installed_here colab_stands_before_what_is_needed "
        "a_package_that_the_engine_needs a_script_was_a_notebook "
        "an_instance_takes_the_name_of_the_class the_class_is_deleted",
    ),
    ("what ends a process takes all that stood before", "the_process_dies_after_the_class"),
    ("no thread can be started behind walls", "a_training_in_threads"),
    (
        "a folder is searched for one engine, at its top",
        "a_training_beside_its_engine a_training_beside_its_engine_from_canvas a_path_in_a_ci "
        "the_code_is_in_a_subfolder two_subfolders_hold_one_each a_course_of_one "
        "the_ending_is_upper_case two_files_one_named_as_the_exercise",
    ),
    ("an own package is taken for somebody else's", "an_own_package_has_a_known_name"),
    (
        "numbers are taken for float64, and as plain text",
        "numbers_are_held_in_single_precision slopes_are_printed_in_colour numbers_are_fractions",
    ),
    (
        "words",
        "a_cell_begins_with_blank_lines a_cell_is_named_by_its_prompt many_cells_fail "
        "the_syntax_is_newer_than_this_python a_page_is_saved_as_a_notebook "
        "a_merge_left_its_marks a_notebook_for_another_language",
    ),
    ("an example is made smaller than the task", "a_pass_starts_anew"),
    (
        "what an LMS or a teacher writes",
        "a_zip_does_not_say_that_it_is_utf8 a_zip_in_an_encoding_that_nobody_says "
        "a_name_in_two_forms times_as_people_and_machines_write_them the_lms_counts_no_points "
        "a_teacher_writes_a_table_by_hand moodle_without_folders grades_are_words "
        "dates_in_the_form_of_another_country files_that_are_nobody_s a_zip_in_a_zip",
    ),
)
KNOWN_CASES = {name: why for why, names in CASES for name in names.split()}


def known(name: str, where: str) -> str:
    """Return why an entry is not yet judged right somewhere, "" where it is."""
    found = (why for why, names, places in LISTS if where in places and name in names.split())
    return next(found, "")


def is_by_chance(name: str, where: str) -> bool:
    """Return whether an entry is sometimes judged right."""
    return "by chance" in known(name, where)
